using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and state that throw when they fail.</summary>
[SuppressMessage("Usage", "CA2208", Justification = "The overloads without a parameter name are part of the surface.")]
[SuppressMessage("Usage", "MA0015", Justification = "The overloads without a parameter name are part of the surface.")]
public static class GrpcPreconditions
{
    /// <summary>Checks an argument.</summary>
    /// <param name="condition">Must be true.</param>
    /// <exception cref="ArgumentException"><paramref name="condition"/> is false.</exception>
    public static void CheckArgument(bool condition)
    {
        if (!condition)
            throw new ArgumentException(message: null);
    }

    /// <summary>Checks an argument.</summary>
    /// <param name="condition">Must be true.</param>
    /// <param name="errorMessage">Message of the exception.</param>
    /// <exception cref="ArgumentException"><paramref name="condition"/> is false.</exception>
    public static void CheckArgument(bool condition, string errorMessage)
    {
        if (!condition)
            throw new ArgumentException(errorMessage);
    }

    /// <summary>Checks that a value is there.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="reference">Must not be null.</param>
    /// <returns><paramref name="reference"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public static T CheckNotNull<T>(T reference) => reference ?? throw new ArgumentNullException();

    /// <summary>Checks that a value is there.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="reference">Must not be null.</param>
    /// <param name="paramName">Name of the parameter, for the exception.</param>
    /// <returns><paramref name="reference"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public static T CheckNotNull<T>(T reference, string paramName) => reference ?? throw new ArgumentNullException(paramName);

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">Must be true.</param>
    /// <exception cref="InvalidOperationException"><paramref name="condition"/> is false.</exception>
    public static void CheckState(bool condition)
    {
        if (!condition)
            throw new InvalidOperationException();
    }

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">Must be true.</param>
    /// <param name="errorMessage">Message of the exception.</param>
    /// <exception cref="InvalidOperationException"><paramref name="condition"/> is false.</exception>
    public static void CheckState(bool condition, string errorMessage)
    {
        if (!condition)
            throw new InvalidOperationException(errorMessage);
    }
}
