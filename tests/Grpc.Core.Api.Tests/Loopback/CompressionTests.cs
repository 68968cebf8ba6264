using System.IO.Compression;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Grpc.Core.Api.Tests.Loopback;

[TestFixture("gzip")]
[TestFixture("deflate")]
public class CompressionTests(string encoding) : LoopbackTests
{
    private const string RequestEncoding = "grpc-internal-encoding-request";

    private readonly CountingProvider _client = new(Provider(encoding));
    private readonly CountingProvider _server = new(Provider(encoding));
    private readonly Note _long = new() { Text = new string('a', 100_000) };

    [SetUp]
    public void Reset()
    {
        _client.Reset();
        _server.Reset();
    }

    internal override Task<ProbeServer> StartServer() => ProbeServer.Start(Service, options =>
    {
        options.CompressionProviders = [_server];
        options.ResponseCompressionAlgorithm = encoding;
    });

    internal override GrpcChannel Connect(Uri address) =>
        GrpcChannel.ForAddress(address, new GrpcChannelOptions { CompressionProviders = [_client] });

    [Test]
    public async Task Messages_of_both_sides_are_compressed()
    {
        var answer = await Client.UnaryAsync(_long, new Metadata { { RequestEncoding, encoding } }).Soon();

        Assert.That(answer, Is.EqualTo(_long));
        Assert.That((_client.Compressed, _server.Decompressed), Is.EqualTo((1, 1)));
        Assert.That((_server.Compressed, _client.Decompressed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_request_is_sent_as_it_is_where_the_client_says_so()
    {
        var options = new CallOptions(new Metadata { { RequestEncoding, encoding } }, writeOptions: new WriteOptions(WriteFlags.NoCompress));

        var answer = await Client.UnaryAsync(_long, options).Soon();

        Assert.That(answer, Is.EqualTo(_long));
        Assert.That((_client.Compressed, _server.Decompressed), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_response_is_sent_as_it_is_where_the_service_says_so()
    {
        Service.OnUnary = (request, context) =>
        {
            context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            return Task.FromResult(request);
        };

        var answer = await Client.UnaryAsync(_long).Soon();

        Assert.That(answer, Is.EqualTo(_long));
        Assert.That((_server.Compressed, _client.Decompressed), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_stream_changes_its_write_options_between_messages()
    {
        Service.OnExpand = async (request, responses, context) =>
        {
            await responses.WriteAsync(request);
            responses.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            await responses.WriteAsync(request);
            Assert.That(context.WriteOptions, Is.SameAs(responses.WriteOptions));
            responses.WriteOptions = WriteOptions.Default;
            await responses.WriteAsync(request);
        };

        using var call = Client.Expand(_long);

        Assert.That(await call.ResponseStream.ReadAll(), Is.EqualTo(new[] { _long, _long, _long }));
        Assert.That((_server.Compressed, _client.Decompressed), Is.EqualTo((2, 2)));
    }

    private static ICompressionProvider Provider(string encoding) => encoding == "gzip"
        ? new GzipCompressionProvider(CompressionLevel.Fastest)
        : new DeflateCompressionProvider(CompressionLevel.Fastest);

    private sealed class CountingProvider(ICompressionProvider provider) : ICompressionProvider
    {
        private int _compressed;
        private int _decompressed;

        public int Compressed => _compressed;

        public int Decompressed => _decompressed;

        public string EncodingName => provider.EncodingName;

        public void Reset() => (_compressed, _decompressed) = (0, 0);

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
        {
            Interlocked.Increment(ref _compressed);
            return provider.CreateCompressionStream(stream, compressionLevel);
        }

        public Stream CreateDecompressionStream(Stream stream)
        {
            Interlocked.Increment(ref _decompressed);
            return provider.CreateDecompressionStream(stream);
        }
    }
}
