namespace Profiles.Transcoding.Tests.Services;

/// <summary>Services whose contract must stop the start.</summary>
internal static class BrokenServices
{
    public sealed class BadTemplate : V1.BadTemplate.BadTemplateBase;

    public sealed class NoPath : V1.NoPath.NoPathBase;

    public sealed class UnknownVariable : V1.UnknownVariable.UnknownVariableBase;

    public sealed class MessageVariable : V1.MessageVariable.MessageVariableBase;

    public sealed class RepeatedVariable : V1.RepeatedVariable.RepeatedVariableBase;

    public sealed class VariableThroughList : V1.VariableThroughList.VariableThroughListBase;

    public sealed class VariableTwice : V1.VariableTwice.VariableTwiceBase;

    public sealed class UnknownBody : V1.UnknownBody.UnknownBodyBase;

    public sealed class NestedBody : V1.NestedBody.NestedBodyBase;

    public sealed class BodyOfGet : V1.BodyOfGet.BodyOfGetBase;

    public sealed class BodyIsVariable : V1.BodyIsVariable.BodyIsVariableBase;

    public sealed class BodyBesideVariable : V1.BodyBesideVariable.BodyBesideVariableBase;

    public sealed class UnknownResponseBody : V1.UnknownResponseBody.UnknownResponseBodyBase;

    public sealed class NestedAdditional : V1.NestedAdditional.NestedAdditionalBase;

    public sealed class SameRouteTwice : V1.SameRouteTwice.SameRouteTwiceBase;

    public sealed class TakenRoute : V1.TakenRoute.TakenRouteBase;

    public sealed class BadCustom : V1.BadCustom.BadCustomBase;

    public sealed class VariablesOfOneOneof : V1.VariablesOfOneOneof.VariablesOfOneOneofBase;

    public sealed class MaskWithoutMask : V1.MaskWithoutMask.MaskWithoutMaskBase
    {
        [FieldMaskFromKeys]
        public override Task<V1.Kinds> Call(V1.Kinds request, Grpc.Core.ServerCallContext context) => Task.FromResult(request);
    }

    public sealed class MaskOfSeveralMessages : V1.MaskOfSeveralMessages.MaskOfSeveralMessagesBase
    {
        [FieldMaskFromKeys]
        public override Task<V1.Kinds> Call(V1.ManyMessages request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class MaskOfNothing : V1.MaskOfNothing.MaskOfNothingBase
    {
        [FieldMaskFromKeys(Resource = "frist")]
        public override Task<V1.Kinds> Call(V1.ManyMessages request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class MaskOfList : V1.MaskOfList.MaskOfListBase
    {
        [FieldMaskFromKeys(Resource = "list")]
        public override Task<V1.Kinds> Call(V1.ManyMessages request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class MaskBesideBody : V1.MaskBesideBody.MaskBesideBodyBase
    {
        [FieldMaskFromKeys(Resource = "second")]
        public override Task<V1.Kinds> Call(V1.ManyMessages request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class MaskWithoutBody : V1.MaskWithoutBody.MaskWithoutBodyBase
    {
        [FieldMaskFromKeys]
        public override Task<V1.Kinds> Call(V1.ManyMessages request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class VariableInRawBody : V1.VariableInRawBody.VariableInRawBodyBase;

    public sealed class VariableInRawRequest : V1.VariableInRawRequest.VariableInRawRequestBase;

    public sealed class UnknownAnswer : V1.UnknownAnswer.UnknownAnswerBase
    {
        [HttpAnswer(404, "It is not there.")]
        public override Task<V1.Kinds> Call(V1.RawRequest request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class AnswerTwice : V1.AnswerTwice.AnswerTwiceBase
    {
        [HttpAnswer(201, "It is new.")]
        [HttpAnswer(201, "It is new again.")]
        public override Task<V1.Kinds> Call(V1.RawRequest request, Grpc.Core.ServerCallContext context) => Task.FromResult(new V1.Kinds());
    }

    public sealed class ClientStreaming : V1.ClientStreaming.ClientStreamingBase;

    public sealed class DuplexStreaming : V1.DuplexStreaming.DuplexStreamingBase;

    public sealed class WrapperRequest : V1.WrapperRequest.WrapperRequestBase;
}
