namespace Grpc.Core;

/// <summary>What authorizes single calls. A client sends them over a secure channel only, unless it is told otherwise.</summary>
public abstract class CallCredentials
{
    /// <summary>Makes credentials of several, which are asked in order and all add their headers.</summary>
    /// <param name="credentials">At least two.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new Composite(credentials);

    /// <summary>Makes credentials of a function that adds headers to each call.</summary>
    /// <param name="interceptor">The function. Calls that run at the same time call it at the same time.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interceptor"/> is null.</exception>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new Intercepted(interceptor);

    /// <summary>Tells a client implementation what these credentials are made of. Users of a client do not call it.</summary>
    /// <param name="configurator">Receives the parts.</param>
    /// <param name="state">Handed to the configurator as it is.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class Composite : CallCredentials
    {
        private readonly CallCredentials[] _parts;

        public Composite(CallCredentials[] parts)
        {
            ArgumentNullException.ThrowIfNull(parts);
            if (parts.Length < 2)
                throw new ArgumentException("Composite credentials are made of two or more.", nameof(parts));

            _parts = [.. parts];
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _parts);
    }

    private sealed class Intercepted : CallCredentials
    {
        private readonly AsyncAuthInterceptor _interceptor;

        public Intercepted(AsyncAuthInterceptor interceptor)
        {
            ArgumentNullException.ThrowIfNull(interceptor);
            _interceptor = interceptor;
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}
