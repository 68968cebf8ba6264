using System.Globalization;

namespace Grpc.Core.Api.Tests.Surface;

/// <summary>Compilers write the numbers of enum members into the code that uses them, so metadata cannot show a wrong one.</summary>
[TestFixture]
public class NumberTests
{
    // https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    [TestCase(StatusCode.OK, 0)]
    [TestCase(StatusCode.Cancelled, 1)]
    [TestCase(StatusCode.Unknown, 2)]
    [TestCase(StatusCode.InvalidArgument, 3)]
    [TestCase(StatusCode.DeadlineExceeded, 4)]
    [TestCase(StatusCode.NotFound, 5)]
    [TestCase(StatusCode.AlreadyExists, 6)]
    [TestCase(StatusCode.PermissionDenied, 7)]
    [TestCase(StatusCode.ResourceExhausted, 8)]
    [TestCase(StatusCode.FailedPrecondition, 9)]
    [TestCase(StatusCode.Aborted, 10)]
    [TestCase(StatusCode.OutOfRange, 11)]
    [TestCase(StatusCode.Unimplemented, 12)]
    [TestCase(StatusCode.Internal, 13)]
    [TestCase(StatusCode.Unavailable, 14)]
    [TestCase(StatusCode.DataLoss, 15)]
    [TestCase(StatusCode.Unauthenticated, 16)]
    [TestCase(MethodType.Unary, 0)]
    [TestCase(MethodType.ClientStreaming, 1)]
    [TestCase(MethodType.ServerStreaming, 2)]
    [TestCase(MethodType.DuplexStreaming, 3)]
    [TestCase(WriteFlags.BufferHint, 1)]
    [TestCase(WriteFlags.NoCompress, 2)]
    [TestCase(ConnectivityState.Idle, 0)]
    [TestCase(ConnectivityState.Connecting, 1)]
    [TestCase(ConnectivityState.Ready, 2)]
    [TestCase(ConnectivityState.TransientFailure, 3)]
    [TestCase(ConnectivityState.Shutdown, 4)]
    public void Members_have_the_official_numbers(object member, int number) =>
        Assert.That(Convert.ToInt32(member, CultureInfo.InvariantCulture), Is.EqualTo(number));

    [TestCase(typeof(StatusCode), 17)]
    [TestCase(typeof(MethodType), 4)]
    [TestCase(typeof(WriteFlags), 2)]
    [TestCase(typeof(ConnectivityState), 5)]
    public void There_are_no_other_members(Type type, int count) => Assert.That(Enum.GetValues(type), Has.Length.EqualTo(count));
}
