using Grpc.Core;
using Profiles.Api;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Answers with what it was sent.</summary>
internal sealed class FormService : V1.FormService.FormServiceBase
{
    public override Task<FormRequest> Submit(FormRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<FormUpdate> Update(FormUpdate request, ServerCallContext context) => Task.FromResult(request);

    public override Task<UploadRequest> Upload(UploadRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<HttpBody> Store(HttpBody request, ServerCallContext context) => Task.FromResult(request);
}
