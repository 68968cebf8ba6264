using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Authorization;
using Profiles.V1;

namespace Profiles.Server.Access;

/// <summary>
/// What each RPC demands of its caller, by the method's full name (<c>/package.Service/Method</c>), as the contract declares it
/// with the option <c>profiles.v1.access</c>.
/// </summary>
internal sealed class AccessRules
{
    private readonly FrozenDictionary<string, V1.Access> rules;

    /// <summary>Reads the rules of all services of <paramref name="files"/>.</summary>
    /// <exception cref="InvalidOperationException">An RPC declares none.</exception>
    public AccessRules(params IEnumerable<FileDescriptor> files)
    {
        rules = files
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .ToFrozenDictionary(FullName, Declared, StringComparer.Ordinal);
    }

    /// <summary>The rule of a method; null for a method of a service that is not ours.</summary>
    public V1.Access? Find(string method) => rules.GetValueOrDefault(method);

    /// <summary>Makes sure that whatever is mapped has a rule, or is open because the host says so.</summary>
    /// <exception cref="InvalidOperationException">An RPC has no rule.</exception>
    public void DemandFor(IEnumerable<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (endpoint.MethodName() is { } method && Find(method) is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                throw new InvalidOperationException($"{method} is served, yet its access rule is not known.");
        }
    }

    private static string FullName(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    private static V1.Access Declared(MethodDescriptor method)
    {
        var access = method.GetOptions()?.GetExtension(AccessExtensions.Access);
        return access is null || access.GrantCase == V1.Access.GrantOneofCase.None || access.RateClass == RateClass.Unspecified
            ? throw new InvalidOperationException($"{method.FullName} declares no access rule, or no rate class, in its contract.")
            : access;
    }
}
