using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Requests that may be sent again.</summary>
internal static class Requests
{
    public static IdempotentRequest New(string content = "") => Of(Guid.CreateVersion7(), content);

    public static IdempotentRequest Of(Guid id, string content) =>
        new(id, SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
