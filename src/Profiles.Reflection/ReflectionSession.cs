using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Profiles.Reflection;

/// <summary>The answers on one stream. It remembers which files it has sent.</summary>
internal sealed class ReflectionSession(DescriptorIndex index)
{
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);

    /// <summary>The answer to a question; never an exception.</summary>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AnswerFile(response, index.FindFile(request.FileByFilename), "file of this name");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(response, index.FindSymbol(request.FileContainingSymbol), "symbol of this name");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                AnswerFile(response, index.FindExtension(extension.ContainingType, extension.ExtensionNumber), "such extension");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerNumbers(response, request.AllExtensionNumbersOfType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = ListServices();
                break;
            default:
                response.ErrorResponse = Error(StatusCode.InvalidArgument, "The request asks nothing that this server knows of.");
                break;
        }

        return response;
    }

    private void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
            response.ErrorResponse = NotFound(what);
        else
            response.FileDescriptorResponse = WithImports(file);
    }

    private void AnswerNumbers(ServerReflectionResponse response, string type)
    {
        if (index.FindExtensionNumbers(type) is { } numbers)
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
        else
            response.ErrorResponse = NotFound("message of this name");
    }

    private ListServiceResponse ListServices() =>
        new() { Service = { index.Services.Select(name => new ServiceResponse { Name = name }) } };

    // What was asked for is sent in any case, an import only once.
    private FileDescriptorResponse WithImports(FileDescriptor file)
    {
        var answer = new FileDescriptorResponse { FileDescriptorProto = { file.SerializedData } };
        sent.Add(file.Name);
        AddImports(answer, file);
        return answer;
    }

    private void AddImports(FileDescriptorResponse answer, FileDescriptor file)
    {
        foreach (var import in file.Dependencies.Where(import => sent.Add(import.Name)))
        {
            answer.FileDescriptorProto.Add(index.FindFile(import.Name)!.SerializedData);
            AddImports(answer, import);
        }
    }

    private static ErrorResponse NotFound(string what) => Error(StatusCode.NotFound, $"The server knows no {what}.");

    private static ErrorResponse Error(StatusCode code, string message) =>
        new() { ErrorCode = (int)code, ErrorMessage = message };
}
