using Grpc.Core;
using Grpc.Reflection.V1;

namespace Profiles.Reflection.Tests;

/// <summary>Every question, in both versions, with the answer that tools expect.</summary>
[TestFixture(ReflectionVersion.V1)]
[TestFixture(ReflectionVersion.V1Alpha)]
internal sealed class ReflectionTests(ReflectionVersion version)
{
    private const string ShelfFile = "shelf/v1/shelf.proto";
    private const string BookFile = "shelf/v1/book.proto";
    private const string MarkFile = "shelf/v1/mark.proto";
    private const string TimestampFile = "google/protobuf/timestamp.proto";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestApp app = null!;
    private ReflectionClient client = null!;

    [SetUp]
    public async Task OpenStream()
    {
        app = await TestApp.StartAsync();
        client = new ReflectionClient(app.Invoker, version, Patience);
    }

    [TearDown]
    public async Task CloseStream()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task All_services_are_listed_reflection_included()
    {
        var answer = await client.AskAsync(new ServerReflectionRequest { ListServices = "*" });

        Assert.That(
            answer.ListServicesResponse.Service.Select(service => service.Name),
            Is.EqualTo((string[])["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "shelf.v1.Shelves"]));
        await client.EndAsync();
    }

    [Test]
    public async Task An_answer_repeats_its_question_and_the_host()
    {
        var question = new ServerReflectionRequest { Host = "shelf.example", FileByFilename = MarkFile };

        var answer = await client.AskAsync(question);

        Assert.That(answer.ValidHost, Is.EqualTo("shelf.example"));
        Assert.That(answer.OriginalRequest, Is.EqualTo(question));
    }

    [TestCase("shelf.v1.Shelves", ShelfFile)]
    [TestCase("shelf.v1.Shelves.Find", ShelfFile)]
    [TestCase("shelf.v1.FindRequest", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.title", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.by", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.Range", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.Range.order", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.Range.Order", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.Range.ORDER_DESCENDING", ShelfFile)]
    [TestCase("shelf.v1.FindRequest.Range.lent_times", ShelfFile)]
    [TestCase("shelf.v1.Genre", ShelfFile)]
    [TestCase("shelf.v1.GENRE_POETRY", ShelfFile)]
    [TestCase("shelf.v1.signature", ShelfFile)]
    [TestCase("shelf.v1.Book", BookFile)]
    [TestCase("shelf.v1.Mark.time", MarkFile)]
    [TestCase("google.protobuf.Timestamp", TimestampFile)]
    public async Task A_symbol_leads_to_its_file(string symbol, string file)
    {
        var answer = await client.AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.That(ReflectionClient.FilesOf(answer).First(), Is.EqualTo(file));
    }

    [TestCase("")]
    [TestCase("shelf.v1")]
    [TestCase("Shelves")]
    [TestCase(".shelf.v1.Shelves")]
    [TestCase("shelf.v1.shelves")]
    [TestCase("shelf.v1.Genre.GENRE_POETRY")]
    [TestCase("shelf.v1.Shelves.Lend")]
    public async Task An_unknown_symbol_is_not_found(string symbol) =>
        await AssertNotFound(new ServerReflectionRequest { FileContainingSymbol = symbol });

    [Test]
    public async Task A_file_comes_with_all_that_it_imports_itself_first()
    {
        var answer = await client.AskAsync(new ServerReflectionRequest { FileByFilename = ShelfFile });

        var files = ReflectionClient.FilesOf(answer).ToList();
        Assert.That(files[0], Is.EqualTo(ShelfFile));
        Assert.That(files, Is.EquivalentTo((string[])[ShelfFile, BookFile, MarkFile, TimestampFile]));
    }

    [Test]
    public async Task An_import_is_sent_once_a_stream_and_what_is_asked_for_always()
    {
        var first = await client.AskAsync(new ServerReflectionRequest { FileByFilename = BookFile });
        var second = await client.AskAsync(new ServerReflectionRequest { FileByFilename = ShelfFile });
        var third = await client.AskAsync(new ServerReflectionRequest { FileByFilename = BookFile });

        Assert.That(ReflectionClient.FilesOf(first), Is.EquivalentTo((string[])[BookFile, MarkFile, TimestampFile]));
        Assert.That(ReflectionClient.FilesOf(second), Is.EqualTo((string[])[ShelfFile]));
        Assert.That(ReflectionClient.FilesOf(third), Is.EqualTo((string[])[BookFile]));
    }

    [TestCase("")]
    [TestCase("shelf.proto")]
    [TestCase("/shelf/v1/shelf.proto")]
    [TestCase("../shelf/v1/shelf.proto")]
    public async Task An_unknown_file_is_not_found(string file) =>
        await AssertNotFound(new ServerReflectionRequest { FileByFilename = file });

    [TestCase(100)]
    [TestCase(101)]
    public async Task An_extension_leads_to_its_file(int number)
    {
        var answer = await client.AskAsync(Extension("shelf.v1.Book", number));

        Assert.That(ReflectionClient.FilesOf(answer).First(), Is.EqualTo(ShelfFile));
    }

    [TestCase("shelf.v1.Book", 1)]
    [TestCase("shelf.v1.Book", 102)]
    [TestCase("shelf.v1.Mark", 100)]
    [TestCase("shelf.v1.Nothing", 100)]
    public async Task An_unknown_extension_is_not_found(string type, int number) => await AssertNotFound(Extension(type, number));

    [TestCase("shelf.v1.Book", new[] { 100, 101 })]
    [TestCase("shelf.v1.Mark", new int[0])]
    [TestCase("shelf.v1.FindRequest.Range", new int[0])]
    public async Task The_extensions_of_a_message_are_numbered(string type, int[] numbers)
    {
        var answer = await client.AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = type });

        Assert.That(answer.AllExtensionNumbersResponse.BaseTypeName, Is.EqualTo(type));
        Assert.That(answer.AllExtensionNumbersResponse.ExtensionNumber, Is.EqualTo(numbers));
    }

    [TestCase("shelf.v1.Nothing")]
    [TestCase("shelf.v1.Genre")]
    [TestCase("shelf.v1.Shelves")]
    public async Task Only_messages_have_extensions(string type) =>
        await AssertNotFound(new ServerReflectionRequest { AllExtensionNumbersOfType = type });

    [Test]
    public async Task A_request_that_asks_nothing_is_an_error_and_the_stream_goes_on()
    {
        var answer = await client.AskAsync(new ServerReflectionRequest { Host = "x" });

        Assert.That(answer.ErrorResponse.ErrorCode, Is.EqualTo((int)StatusCode.InvalidArgument));
        Assert.That((await client.AskAsync(new ServerReflectionRequest { ListServices = string.Empty })).ListServicesResponse, Is.Not.Null);
        await client.EndAsync();
    }

    private static ServerReflectionRequest Extension(string type, int number) =>
        new() { FileContainingExtension = new ExtensionRequest { ContainingType = type, ExtensionNumber = number } };

    private async Task AssertNotFound(ServerReflectionRequest request)
    {
        var answer = await client.AskAsync(request);

        Assert.That(answer.ErrorResponse?.ErrorCode, Is.EqualTo((int)StatusCode.NotFound));
        Assert.That(answer.ErrorResponse!.ErrorMessage, Is.Not.Empty);
        Assert.That(answer.OriginalRequest, Is.EqualTo(request));
        await client.EndAsync();
    }
}
