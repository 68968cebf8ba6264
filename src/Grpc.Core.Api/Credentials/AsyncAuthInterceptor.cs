namespace Grpc.Core;

/// <summary>Adds what authorizes a call, such as a token, to its headers.</summary>
/// <param name="context">The call.</param>
/// <param name="metadata">Where the headers go. They are added to those of the call.</param>
/// <returns>Completes when the headers are there; a failure fails the call.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
