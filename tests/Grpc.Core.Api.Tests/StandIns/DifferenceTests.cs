using System.IO.Compression;
using System.Reflection;
using Grpc.Core.Interceptors;
using Grpc.Net.Compression;

namespace Grpc.Core.Api.Tests.StandIns;

/// <summary>Where a stand-in is stricter or says less than the official assembly: nothing that works here may fail there.</summary>
[TestFixture]
public class DifferenceTests
{
    [Test]
    public void A_key_has_at_least_one_character()
    {
        Assert.That(() => new Metadata.Entry("", "value"), Throws.ArgumentException);
        Assert.That(() => new Metadata.Entry("", [1]), Throws.ArgumentException);
    }

    [Test]
    public void The_text_of_an_entry_does_not_show_its_value()
    {
        Assert.That(new Metadata.Entry("authorization", "secret").ToString(), Is.EqualTo("authorization (6 characters)"));
        Assert.That(new Metadata.Entry("token-bin", [1, 2]).ToString(), Is.EqualTo("token-bin (2 bytes)"));
    }

    [Test]
    public void Null_channels_and_credentials_are_named()
    {
        Assert.That(() => new Loopback.Probe.ProbeClient((ChannelBase)null!), Throws.ArgumentNullException);
        Assert.That(() => ((ChannelBase)null!).Intercept(headers => headers), Throws.ArgumentNullException);
        Assert.That(() => CallCredentials.Compose(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_definition_does_not_grow_once_it_is_built()
    {
        var builder = ServerServiceDefinition.CreateBuilder();
        var definition = builder.Build();

        builder.AddMethod(
            new Method<string, string>(MethodType.Unary, "s", "n", Marshallers.StringMarshaller, Marshallers.StringMarshaller),
            (string request, ServerCallContext _) => Task.FromResult(request));

        // The base class of binders throws for every method that it gets.
        Assert.That(() => Bind(definition), Throws.Nothing);
        Assert.That(() => Bind(builder.Build()), Throws.InnerException.InstanceOf<NotImplementedException>());
    }

    [Test]
    public void Compression_leaves_the_stream_below_open()
    {
        foreach (ICompressionProvider provider in new ICompressionProvider[]
            { new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest) })
        {
            using var stream = new MemoryStream();
            provider.CreateCompressionStream(stream, null).Dispose();
            provider.CreateDecompressionStream(stream).Dispose();

            Assert.That(stream.CanRead, Is.True);
        }
    }

    private static void Bind(ServerServiceDefinition definition) =>
        typeof(ServerServiceDefinition)
            .GetMethod("BindService", BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke(definition, [new ServiceBinderBase()]);
}
