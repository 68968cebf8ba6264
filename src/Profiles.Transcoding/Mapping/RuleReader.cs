using Google.Api;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Mapping;

/// <summary>One binding of a rule, read but not yet held against the messages.</summary>
internal sealed record HttpBinding(string HttpMethod, HttpTemplate Template, string Body, string ResponseBody);

/// <summary>Takes a google.api.http rule apart.</summary>
internal static class RuleReader
{
    /// <param name="rule">The rule.</param>
    /// <param name="prefix">What stands before each of its paths.</param>
    /// <exception cref="FormatException">The rule is incomplete or its template is none.</exception>
    public static IEnumerable<HttpBinding> Read(HttpRule rule, string prefix)
    {
        yield return ReadOne(rule, prefix);
        foreach (var additional in rule.AdditionalBindings)
        {
            if (additional.AdditionalBindings.Count > 0) throw new FormatException("an additional binding has additional bindings");
            yield return ReadOne(additional, prefix);
        }
    }

    private static HttpBinding ReadOne(HttpRule rule, string prefix)
    {
        var (method, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethods.Get, rule.Get),
            HttpRule.PatternOneofCase.Put => (HttpMethods.Put, rule.Put),
            HttpRule.PatternOneofCase.Post => (HttpMethods.Post, rule.Post),
            HttpRule.PatternOneofCase.Delete => (HttpMethods.Delete, rule.Delete),
            HttpRule.PatternOneofCase.Patch => (HttpMethods.Patch, rule.Patch),
            HttpRule.PatternOneofCase.Custom => (CustomMethod(rule.Custom.Kind), rule.Custom.Path),
            _ => throw new FormatException("it has no path"),
        };
        return new HttpBinding(method, Template(path, prefix), rule.Body, rule.ResponseBody);
    }

    // A faulty path is reported as the contract has it.
    private static HttpTemplate Template(string path, string prefix)
    {
        var own = TemplateParser.Parse(path);
        return prefix.Length == 0 ? own : TemplateParser.Parse(prefix + path);
    }

    private static string CustomMethod(string kind)
    {
        if (kind == "*") return kind;
        foreach (var c in kind)
        {
            if (!char.IsAsciiLetter(c) && c != '-') throw new FormatException($"\"{kind}\" is no HTTP method");
        }

        return kind.Length > 0 ? HttpMethods.GetCanonicalizedValue(kind) : throw new FormatException("its custom method has no kind");
    }
}
