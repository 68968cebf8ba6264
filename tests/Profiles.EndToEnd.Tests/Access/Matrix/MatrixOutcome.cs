using System.Text;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Headers = System.Collections.Generic.IEnumerable<(string Name, string Value)>;

namespace Profiles.EndToEnd.Tests.Access.Matrix;

/// <summary>How a call ended.</summary>
/// <param name="Code">The code, as gRPC has it or as the body of a REST answer says.</param>
/// <param name="Status">The HTTP status that REST has for it.</param>
/// <param name="Reason">The reason of a failure.</param>
/// <param name="Answer">All that was answered; not part of the comparison.</param>
internal sealed record MatrixOutcome(StatusCode Code, int Status, string? Reason, string Answer)
{
    public override string ToString() => $"{Code} {Status} {Reason}".TrimEnd();

    public static async Task<MatrixOutcome> OverGrpcAsync(CallInvoker invoker, RpcExample call, Headers headers)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in headers)
            metadata.Add(name, value);
        try
        {
            var answer = await invoker.CallRaw(call, new CallOptions(metadata));
            return new MatrixOutcome(StatusCode.OK, StatusOf(StatusCode.OK), null, Encoding.Latin1.GetString(answer));
        }
        catch (RpcException exception)
        {
            return new MatrixOutcome(exception.StatusCode, StatusOf(exception.StatusCode), exception.Reason(), exception.RichStatus().ToString());
        }
    }

    public static async Task<MatrixOutcome> OverRestAsync(HttpClient http, RpcExample call, Headers headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.HttpMethod), call.Path);
        if (call.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (call.RawBody is { } raw)
            request.Content = new ByteArrayContent(raw);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var answer = await RestAnswer.ReadAsync(response);
        var code = (StatusCode)(answer.Status == 200 ? 0 : answer.Json!["code"]!.GetValue<int>());
        return new MatrixOutcome(code, answer.Status, answer.Reason, answer.Json?.ToJsonString() ?? string.Empty);
    }

    private static int StatusOf(StatusCode code) => code switch
    {
        StatusCode.OK => 200,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        _ => 0,
    };
}
