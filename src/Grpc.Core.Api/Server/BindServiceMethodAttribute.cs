using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>
/// Tells a server where the <c>BindService</c> method of a service base class is. Generated code carries it. The method is static
/// and takes a <see cref="ServiceBinderBase"/> and, if it wants one, the service.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public class BindServiceMethodAttribute : Attribute
{
    // A trimmed program must keep what the server finds by reflection.
    private const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicMethods
        | DynamicallyAccessedMemberTypes.NonPublicMethods
        | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Names the method.</summary>
    /// <param name="bindType">Type that has it.</param>
    /// <param name="bindMethodName">Its name.</param>
    public BindServiceMethodAttribute([DynamicallyAccessedMembers(Needed)] Type bindType, string bindMethodName)
    {
        BindType = bindType;
        BindMethodName = bindMethodName;
    }

    /// <summary>Type that has the method.</summary>
    [DynamicallyAccessedMembers(Needed)]
    public Type BindType { get; }

    /// <summary>Name of the method.</summary>
    public string BindMethodName { get; }
}
