namespace Grpc.Core.Interceptors;

/// <summary>Replaces the headers of every call by what a function makes of them.</summary>
internal sealed class MetadataInterceptor : RewritingInterceptor
{
    private readonly Func<Metadata, Metadata> _replace;

    public MetadataInterceptor(Func<Metadata, Metadata> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        _replace = replace;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Rewrite<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context) =>
        new(context.Method, context.Host, context.Options.WithHeaders(_replace(context.Options.Headers ?? [])));
}
