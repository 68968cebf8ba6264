using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OpenApi.Tests.V1;

namespace Profiles.OpenApi.Tests.Services;

internal sealed class ExchangeService : global::OpenApi.Tests.V1.ExchangeService.ExchangeServiceBase
{
    public override Task<EveryKind> Exchange(EveryKind request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Empty> Forget(ForgetRequest request, ServerCallContext context) => Task.FromResult(new Empty());
}

internal sealed class SecretService : global::OpenApi.Tests.V1.SecretService.SecretServiceBase;
