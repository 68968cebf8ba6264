using System.Buffers;
using System.Text;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class MethodTests
{
    private static readonly Marshaller<string> s_text = Marshallers.StringMarshaller;

    [Test]
    public void A_method_has_what_it_was_made_of()
    {
        var other = Marshallers.Create(Encoding.ASCII.GetBytes, Encoding.ASCII.GetString);
        var method = new Method<string, string>(MethodType.ServerStreaming, "pack.v1.Service", "Do", s_text, other);

        Assert.That(method.Type, Is.EqualTo(MethodType.ServerStreaming));
        Assert.That((method.ServiceName, method.Name), Is.EqualTo(("pack.v1.Service", "Do")));
        Assert.That(((IMethod)method).FullName, Is.EqualTo("/pack.v1.Service/Do"));
        Assert.That(method.RequestMarshaller, Is.SameAs(s_text));
        Assert.That(method.ResponseMarshaller, Is.SameAs(other));
    }

    [Test]
    public void A_method_has_no_null_parts()
    {
        Assert.That(() => new Method<string, string>(default, null!, "n", s_text, s_text), Throws.ArgumentNullException);
        Assert.That(() => new Method<string, string>(default, "s", null!, s_text, s_text), Throws.ArgumentNullException);
        Assert.That(() => new Method<string, string>(default, "s", "n", null!, s_text), Throws.ArgumentNullException);
        Assert.That(() => new Method<string, string>(default, "s", "n", s_text, null!), Throws.ArgumentNullException);
    }

    [TestCase("")]
    [TestCase("plain")]
    [TestCase("größer 漢字 🙂")]
    public void A_marshaller_of_arrays_works_on_contexts(string text)
    {
        var context = new ArrayContext();
        s_text.ContextualSerializer(text, context);

        Assert.That(context.Payload, Is.EqualTo(Encoding.UTF8.GetBytes(text)));
        Assert.That(s_text.ContextualDeserializer(new PayloadContext(context.Payload!)), Is.EqualTo(text));
        Assert.That(s_text.Deserializer(s_text.Serializer(text)), Is.EqualTo(text));
    }

    [Test]
    public void A_marshaller_of_contexts_works_on_nothing_else()
    {
        Action<string, SerializationContext> serializer = (text, context) => context.Complete(Encoding.UTF8.GetBytes(text));
        Func<DeserializationContext, string> deserializer = context => $"{context.PayloadLength}";
        var marshaller = Marshallers.Create(serializer, deserializer);

        Assert.That(marshaller.ContextualSerializer, Is.SameAs(serializer));
        Assert.That(marshaller.ContextualDeserializer(new PayloadContext([1, 2])), Is.EqualTo("2"));
        Assert.That(() => marshaller.Serializer("text"), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => marshaller.Deserializer([]), Throws.InstanceOf<NotImplementedException>());
    }

    [Test]
    public void A_marshaller_has_no_null_parts()
    {
        Assert.That(() => new Marshaller<string>(null!, s_text.Deserializer), Throws.ArgumentNullException);
        Assert.That(() => new Marshaller<string>(s_text.Serializer, null!), Throws.ArgumentNullException);
        Assert.That(() => new Marshaller<string>(null!, s_text.ContextualDeserializer), Throws.ArgumentNullException);
        Assert.That(() => new Marshaller<string>(s_text.ContextualSerializer, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_context_that_implements_nothing_says_so()
    {
        SerializationContext writing = new NoContext();
        DeserializationContext reading = new LengthContext();

        Assert.That(() => writing.Complete(), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => writing.Complete([]), Throws.InstanceOf<NotImplementedException>());
        Assert.That(writing.GetBufferWriter, Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => writing.SetPayloadLength(1), Throws.Nothing, "The length is a hint.");
        Assert.That(reading.PayloadAsNewBuffer, Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => reading.PayloadAsReadOnlySequence(), Throws.InstanceOf<NotImplementedException>());
    }

    private sealed class NoContext : SerializationContext;

    private sealed class ArrayContext : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private class LengthContext : DeserializationContext
    {
        public override int PayloadLength => 0;
    }

    private sealed class PayloadContext(byte[] payload) : LengthContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
    }
}
