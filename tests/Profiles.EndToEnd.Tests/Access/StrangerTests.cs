using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.EndToEnd.Tests.Reflection;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>Of all that the server serves, only health, reflection and what the contract gives to everybody need no token.</summary>
internal sealed class StrangerTests : ProfilesTest
{
    [TestCaseSource(typeof(ServedContract), nameof(ServedContract.Methods))]
    public async Task A_stranger_gets_through_only_to_what_is_open(string method)
    {
        var parts = method.Split('/');
        var code = await CodeOf(parts[0], parts[1], new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30)));

        if (ServedContract.Open.Contains(parts[0]))
            Assert.That(code, Is.EqualTo(StatusCode.OK));
        else if (ServedContract.ForEverybody.Contains(method))
            // Let through; an empty request may be wrong.
            Assert.That(code, Is.AnyOf(StatusCode.OK, StatusCode.InvalidArgument));
        else
            Assert.That(code, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public void The_contract_gives_to_everybody_pictures_and_the_health_of_dialects() => Assert.That(
        ServedContract.ForEverybody,
        Is.EquivalentTo((string[])["profiles.v1.PictureService/GetPicture", "zitadel.auth.v1.AuthService/Healthz"]));

    [TestCaseSource(typeof(ServedContract), nameof(ServedContract.Open))]
    public async Task What_is_open_does_not_look_at_a_token(string service)
    {
        var method = ServedContract.Methods.First(method => method.StartsWith(service, StringComparison.Ordinal)).Split('/')[1];

        Assert.That(await CodeOf(service, method, As("nonsense")), Is.EqualTo(StatusCode.OK));
    }

    // One empty message, and the first answer or the end: OK means that the call was let through.
    private async Task<StatusCode> CodeOf(string service, string rpc, CallOptions options)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, service, rpc, RawGrpc.Bytes, RawGrpc.Bytes);
        using var call = Invoker.AsyncDuplexStreamingCall(method, null, options);
        await call.RequestStream.SendAllAsync([[]]);
        try
        {
            await call.ResponseStream.MoveNext();
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
