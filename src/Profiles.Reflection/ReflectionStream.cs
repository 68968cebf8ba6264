using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Profiles.Reflection;

/// <summary>Answers the questions of one stream; knows which files it has sent.</summary>
internal sealed class ReflectionStream(ReflectionIndex index)
{
    /// <summary>More than any tool asks, and little enough that a stream is no way to keep a server busy.</summary>
    private const int MaxRequests = 1_000;

    private readonly HashSet<string> sent = new(StringComparer.Ordinal);
    private int count;

    /// <exception cref="RpcException">The stream asked too much.</exception>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        if (++count > MaxRequests)
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"A stream may ask {MaxRequests} questions."));
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFile(response, index.FindFile(request.FileByFilename), "file", request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFile(response, index.FindSymbol(request.FileContainingSymbol), "symbol", request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                var file = index.FindExtension(extension.ContainingType, extension.ExtensionNumber);
                SetFile(response, file, "extension", $"{extension.ContainingType} {extension.ExtensionNumber}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetNumbers(response, request.AllExtensionNumbersOfType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse
                {
                    Service = { index.Services.Select(service => new ServiceResponse { Name = service.FullName }) },
                };
                break;
            default:
                SetError(response, StatusCode.InvalidArgument, "The request asks nothing.");
                break;
        }

        return response;
    }

    private void SetFile(ServerReflectionResponse response, FileDescriptor? file, string kind, string name)
    {
        if (file is null)
        {
            SetError(response, StatusCode.NotFound, $"There is no {kind} {name} here.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { file.SerializedData } };
        sent.Add(file.Name);
        AddImports(response.FileDescriptorResponse, file);
    }

    private void AddImports(FileDescriptorResponse response, FileDescriptor file)
    {
        foreach (var import in file.Dependencies)
        {
            if (!sent.Add(import.Name))
                continue;
            response.FileDescriptorProto.Add(import.SerializedData);
            AddImports(response, import);
        }
    }

    private void SetNumbers(ServerReflectionResponse response, string type)
    {
        if (index.ExtensionNumbers(type) is { } numbers)
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
        else
            SetError(response, StatusCode.NotFound, $"There is no message {type} here.");
    }

    private static void SetError(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };
}
