namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>A request that a document shows, as its client sends it, and the answer that the document shows or describes.</summary>
/// <param name="Document">The document, such as <c>003 zitadel</c>.</param>
/// <param name="Line">The line at which the example begins.</param>
/// <param name="Client">What sends it: <c>curl</c>, <c>Node</c>, <c>PHP</c>, or <c>HTTP</c> where the document shows no client.</param>
/// <param name="Request">
/// The request: its first line without the version of HTTP, its headers, an empty line, its body. <c>&lt;Names&gt;</c> stand for what
/// the reader of the document fills in. Host, length and end of connection are added.
/// </param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Answer">The JSON of the answer, with names of the same kind, or with kinds of values: see <see cref="JsonForm"/>.</param>
internal sealed record DocumentedExample(string Document, int Line, string Client, string Request, int Status, string Answer)
{
    public override string ToString() => $"{Document}, line {Line}, {Client}";
}
