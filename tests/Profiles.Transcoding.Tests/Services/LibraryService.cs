using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Stands for an attribute that middleware looks for, such as the one of authorization.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class MarkAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Answers with what it was asked.</summary>
[Mark("service")]
internal sealed class LibraryService : V1.LibraryService.LibraryServiceBase
{
    public const string Etag = "\"r1\"";

    public override async Task<Book> GetBook(GetBookRequest request, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "etag", Etag } });
        return new Book { BookId = request.BookId, Title = request.Name };
    }

    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context) =>
        Task.FromResult(new ListBooksResponse { Request = request });

    public override async Task<Book> CreateBook(CreateBookRequest request, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "location", "/v1/books/" + request.Book?.BookId } });
        context.ResponseTrailers.Add("x-request", request.RequestId);
        return request.Book ?? new Book();
    }

    public override Task<UpdateBookResponse> UpdateBook(UpdateBookRequest request, ServerCallContext context)
    {
        var response = new UpdateBookResponse
        {
            Book = request.Book,
            HasMask = request.UpdateMask is not null,
            AllowMissing = request.AllowMissing,
        };
        response.Paths.Add(request.UpdateMask?.Paths ?? []);
        return Task.FromResult(response);
    }

    [FieldMaskFromKeys]
    public override Task<UpdateBookResponse> MergeBook(UpdateBookRequest request, ServerCallContext context) => UpdateBook(request, context);

    [Mark("method")]
    public override Task<Empty> DeleteBook(GetBookRequest request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<ArchiveBookResponse> ArchiveBook(ArchiveBookRequest request, ServerCallContext context) =>
        Task.FromResult(new ArchiveBookResponse { BookId = request.BookId, Reason = request.Reason });

    public override Task<ListBooksResponse> BatchGetBooks(ListBooksRequest request, ServerCallContext context) =>
        Task.FromResult(new ListBooksResponse { Request = request });

    public override Task<Book> CustomBook(GetBookRequest request, ServerCallContext context) =>
        Task.FromResult(new Book { BookId = request.BookId, Title = "reported" });

    public override Task<TitlesResponse> GetTitles(ListBooksRequest request, ServerCallContext context) =>
        Task.FromResult(new TitlesResponse { Titles = { request.Ids }, NextPageToken = "more" });

    public override Task<Book> Hidden(GetBookRequest request, ServerCallContext context) => Task.FromResult(new Book());
}
