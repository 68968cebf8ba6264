using Microsoft.AspNetCore.Http;

namespace Profiles.Transcoding;

/// <summary>
/// On a method of a service class: what REST callers may be answered instead of 200, for those who describe routes, such as an OpenAPI
/// document. It changes no answer: <see cref="TranscodingCallExtensions.SetHttpStatusCode"/> does, and 304 comes of an <c>ETag</c>.
/// </summary>
/// <param name="statusCode">200 to 299, 304, 307 or 308. Another one stops the start.</param>
/// <param name="description">When it is given, in Markdown.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HttpAnswerAttribute(int statusCode, string description) : Attribute
{
    /// <summary>The HTTP status.</summary>
    public int StatusCode => statusCode;

    /// <summary>When it is given, in Markdown.</summary>
    public string Description => description;

    /// <summary>Whether it is given always, so that there is no 200. Default <see langword="false"/>.</summary>
    public bool Always { get; set; }

    /// <summary>Whether it has the body that 200 has: other success has, but for 204 and 205.</summary>
    public bool HasBody => statusCode is >= 200 and <= 299 and not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent);

    /// <summary>Whether the header <c>Location</c> says where to send the same request.</summary>
    public bool IsRedirect => statusCode is StatusCodes.Status307TemporaryRedirect or StatusCodes.Status308PermanentRedirect;

    internal bool IsPossible => IsRedirect || statusCode is (>= 200 and <= 299) or StatusCodes.Status304NotModified;
}
