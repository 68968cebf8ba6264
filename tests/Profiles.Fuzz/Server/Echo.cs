using Grpc.Core;
using Profiles.Fuzz.V1;

namespace Profiles.Fuzz.Server;

/// <summary>Answers with the request.</summary>
internal sealed class Echo : EchoService.EchoServiceBase
{
    public override Task<EchoMessage> Get(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    public override Task<EchoMessage> Create(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    // Without the mask: one that follows from keys of maps may have no JSON form.
    public override Task<EchoMessage> Update(EchoMessage request, ServerCallContext context)
    {
        request.UpdateMask = null;
        return Task.FromResult(request);
    }
}
