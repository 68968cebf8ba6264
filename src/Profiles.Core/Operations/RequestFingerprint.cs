using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>Tells a retry of a request from another request: SHA-256 over who asks for what of whom.</summary>
internal static class RequestFingerprint
{
    public static byte[] Compute(
        string operation, ProfileKey key, Actor actor, Precondition precondition, ProfilePatch? patch)
    {
        var content = new ArrayBufferWriter<byte>(256);
        Append(content, operation);
        Append(content, key.Organization.Value);
        Append(content, key.User.Value);
        Append(content, string.Create(CultureInfo.InvariantCulture, $"{(int)actor.Type}"));
        Append(content, actor.Id);
        Append(content, precondition.MustExist ? "must_exist" : string.Empty);
        Append(content, precondition.Revisions is null ? "any_revision" : "one_of");
        if (precondition.KeepDeleted)
            Append(content, "keep_deleted");
        if (precondition.KeepEmail)
            Append(content, "keep_email");
        foreach (var revision in precondition.Revisions ?? [])
            Append(content, revision.ToString(CultureInfo.InvariantCulture));
        if (patch is not null)
        {
            Append(content, patch.Attributes is { ReplacesAll: true } ? "replace_attributes" : "patch");
            PatchJson.Write(patch, content);
        }

        return SHA256.HashData(content.WrittenSpan);
    }

    // Each text after its length: a subject may hold any character, so no separator would be safe.
    private static void Append(ArrayBufferWriter<byte> content, string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(content.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        content.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, content);
    }
}
