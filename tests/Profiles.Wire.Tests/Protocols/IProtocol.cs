using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>One way to call a method.</summary>
internal interface IProtocol
{
    Task<Outcome> CallAsync(MethodDescriptor method, IMessage request);
}

/// <summary>What a call came to: the messages it answered with, and how it ended.</summary>
internal sealed record Outcome(IReadOnlyList<IMessage> Messages, Google.Rpc.Status Status)
{
    public static readonly Google.Rpc.Status Success = new();
}
