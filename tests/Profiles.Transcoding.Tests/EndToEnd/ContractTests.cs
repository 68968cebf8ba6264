using Microsoft.AspNetCore.Builder;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>A contract that cannot be served stops the start, and says why.</summary>
public class ContractTests
{
    [TestCase(typeof(BrokenServices.BadTemplate), "a field name is expected here (at character 6 of \"/v1/{\")")]
    [TestCase(typeof(BrokenServices.NoPath), "it has no path")]
    [TestCase(typeof(BrokenServices.UnknownVariable), "the variable \"scalars.nothing\" names no field: transcoding.tests.v1.Scalars has no \"nothing\"")]
    [TestCase(typeof(BrokenServices.MessageVariable), "the variable \"scalars\" must be a single field whose value has a text form")]
    [TestCase(typeof(BrokenServices.RepeatedVariable), "the variable \"lists.int32_values\" must be a single field whose value has a text form")]
    [TestCase(typeof(BrokenServices.VariableThroughList), "the variable \"children.odd_name\" goes through \"children\", which is no single message")]
    [TestCase(typeof(BrokenServices.VariableTwice), "the variable \"odd_name\" is there twice (at character 26 of \"/v1/{odd_name}/{odd_name}\")")]
    [TestCase(typeof(BrokenServices.UnknownBody), "the body \"nothing\" is no field of transcoding.tests.v1.Kinds")]
    [TestCase(typeof(BrokenServices.NestedBody), "the body \"scalars.int32_value\" is no field of transcoding.tests.v1.Kinds")]
    [TestCase(typeof(BrokenServices.BodyOfGet), "GET has no body")]
    [TestCase(typeof(BrokenServices.BodyIsVariable), "\"odd_name\" is both the body and a variable of the path")]
    [TestCase(typeof(BrokenServices.BodyBesideVariable), "the body and a variable of the path are both members of the oneof \"kind\"")]
    [TestCase(typeof(BrokenServices.UnknownResponseBody), "the response_body \"nothing\" is no field of transcoding.tests.v1.Kinds")]
    [TestCase(typeof(BrokenServices.NestedAdditional), "an additional binding has additional bindings")]
    [TestCase(typeof(BrokenServices.SameRouteTwice), "GET /v1/{scalars.string_value} is the route of transcoding.tests.v1.SameRouteTwice.Call already")]
    [TestCase(typeof(BrokenServices.TakenRoute), "GET /v1/books/{odd_name} is the route of transcoding.tests.v1.LibraryService.GetBook already")]
    [TestCase(typeof(BrokenServices.BadCustom), "\"A B\" is no HTTP method")]
    [TestCase(typeof(BrokenServices.VariablesOfOneOneof), "the variable \"choice.message.int32_value\" is beside another one of the same oneof")]
    [TestCase(typeof(BrokenServices.MaskWithoutMask), "it is to infer a field mask, but has no body of a message beside exactly one mask")]
    [TestCase(typeof(BrokenServices.MaskWithoutBody), "it is to infer a field mask, but has no body of a message beside exactly one mask")]
    [TestCase(typeof(BrokenServices.MaskOfSeveralMessages), "it is to infer a field mask, but transcoding.tests.v1.ManyMessages has several messages that it can be about: Resource must name one")]
    [TestCase(typeof(BrokenServices.MaskOfNothing), "its field mask is to be about \"frist\", which is no single message in transcoding.tests.v1.ManyMessages")]
    [TestCase(typeof(BrokenServices.MaskOfList), "its field mask is to be about \"list\", which is no single message in transcoding.tests.v1.ManyMessages")]
    [TestCase(typeof(BrokenServices.MaskBesideBody), "its field mask is to be about \"second\", but the body is \"first\"")]
    [TestCase(typeof(BrokenServices.VariableInRawBody), "the variable \"file.content_type\" is in the body, which is taken as it is")]
    [TestCase(typeof(BrokenServices.VariableInRawRequest), "the variable \"content_type\" is in the body, which is taken as it is")]
    [TestCase(typeof(BrokenServices.UnknownAnswer), "it says that it answers 404, which is neither 200 to 299, 304, 307 nor 308")]
    [TestCase(typeof(BrokenServices.AnswerTwice), "it says twice that it answers 201")]
    [TestCase(typeof(BrokenServices.ClientStreaming), "it takes a stream, and a REST request is one message")]
    [TestCase(typeof(BrokenServices.DuplexStreaming), "it takes a stream, and a REST request is one message")]
    [TestCase(typeof(BrokenServices.WrapperRequest), "its request is a google.protobuf.StringValue, whose fields no rule can bind")]
    public async Task A_broken_rule_is_named(Type service, string reason)
    {
        var map = typeof(GrpcEndpointRouteBuilderExtensions).GetMethods()
            .Single(method => method.Name == "MapGrpcService" && method.IsGenericMethod)
            .MakeGenericMethod(service);
        try
        {
            await using var app = await TestApp.StartAsync(map: app => map.Invoke(null, [app]));
            Assert.Fail("the program started");
        }
        catch (System.Reflection.TargetInvocationException error)
        {
            Assert.That(error.InnerException, Is.TypeOf<TranscodingContractException>());
            var broken = (TranscodingContractException)error.InnerException!;
            Assert.That(broken.Reason, Is.EqualTo(reason));
            Assert.That(broken.Message, Does.StartWith($"The google.api.http rule of transcoding.tests.v1.{service.Name}.Call cannot be served: "));
        }
    }

    [TestCase(0, 1, 1, null, "MaxDepth must be from 1 to 100, not 0.")]
    [TestCase(101, 1, 1, null, "MaxDepth must be from 1 to 100, not 101.")]
    [TestCase(1, 0, 1, null, "MaxElements must be positive, not 0.")]
    [TestCase(1, 1, -1, null, "MaxQueryParameters must be positive, not -1.")]
    [TestCase(1, 1, 1, 0, "MaxRequestBodySize must be positive, not 0.")]
    public void A_wrong_option_is_named(int depth, int elements, int parameters, int? body, string reason)
    {
        void Set(JsonTranscodingOptions options) =>
            (options.MaxDepth, options.MaxElements, options.MaxQueryParameters, options.MaxRequestBodySize) = (depth, elements, parameters, body);
        Assert.That(() => TestApp.StartAsync(Set), Throws.TypeOf<InvalidOperationException>().With.Message.EqualTo(reason));
    }

    [TestCase("/")]
    [TestCase("api")]
    [TestCase("/api/")]
    [TestCase("/api/*")]
    [TestCase("/{tenant}")]
    [TestCase("/api:verb")]
    public void A_wrong_prefix_is_named(string prefix)
    {
        Assert.That(() => TestApp.StartAsync(options => options.PathPrefix = prefix), Throws.TypeOf<InvalidOperationException>().With.Message.StartsWith("PathPrefix must be literals"));
    }
}
