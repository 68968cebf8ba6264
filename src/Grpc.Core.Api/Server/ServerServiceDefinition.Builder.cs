namespace Grpc.Core;

public partial class ServerServiceDefinition
{
    /// <summary>Collects the methods of a service. Each full name can be added once.</summary>
    public class Builder
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly List<Action<ServiceBinderBase>> _methods = [];

        /// <summary>Adds a unary method.</summary>
        /// <typeparam name="TRequest">Type of the request.</typeparam>
        /// <typeparam name="TResponse">Type of the response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method with this full name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a client streaming method.</summary>
        /// <typeparam name="TRequest">Type of the requests.</typeparam>
        /// <typeparam name="TResponse">Type of the response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method with this full name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a server streaming method.</summary>
        /// <typeparam name="TRequest">Type of the request.</typeparam>
        /// <typeparam name="TResponse">Type of the responses.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method with this full name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a duplex streaming method.</summary>
        /// <typeparam name="TRequest">Type of the requests.</typeparam>
        /// <typeparam name="TResponse">Type of the responses.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers its calls.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method with this full name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Makes a definition of the methods added so far; those added later are not in it.</summary>
        /// <returns>The definition.</returns>
        public ServerServiceDefinition Build() => new([.. _methods]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> bind)
        {
            if (!_names.Add(method.FullName))
                throw new ArgumentException($"The method {method.FullName} was added before.", nameof(method));

            _methods.Add(bind);
            return this;
        }
    }
}
