using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Grpc.Core.Api.Tests.Surface;

[TestFixture]
public class SurfaceTests
{
    private static readonly string[] s_users = ["Grpc.AspNetCore.Server", "Grpc.Net.Client"];

    [TestCaseSource(nameof(s_users))]
    public void Everything_an_official_assembly_references_is_there(string user)
    {
        var referenced = SurfaceCheck.Referenced(user);

        // A reader that finds nothing would find nothing missing: these are the counts of release 2.85.0, rounded down.
        Assert.That(referenced, Has.Count.GreaterThan(80));
        Assert.That(SurfaceCheck.Missing(referenced, user), Is.Empty);
    }

    [TestCase("Grpc.AspNetCore.Server", "[Grpc.Core.Api] Grpc.Core.ServerServiceDefinition::BindService(Grpc.Core.ServiceBinderBase) : Void")]
    [TestCase("Grpc.AspNetCore.Server", "[Grpc.Core.Api] Grpc.Core.Metadata+Entry::get_IsBinary() : Boolean")]
    [TestCase("Grpc.Net.Client", "[Grpc.Core.Api] Grpc.Core.Metadata::Empty : Grpc.Core.Metadata")]
    [TestCase("Grpc.Net.Client", "[Grpc.Net.Common] Grpc.Core.ConnectivityState")]
    [TestCase("Grpc.Net.Client", "[Grpc.Core.Api] Grpc.Core.IAsyncStreamReader`1::MoveNext(System.Threading.CancellationToken) : System.Threading.Tasks.Task`1<Boolean>")]
    public void The_reader_sees_what_an_official_assembly_references(string user, string symbol) =>
        Assert.That(SurfaceCheck.Referenced(user), Does.Contain(symbol));

    [Test]
    public void Made_up_members_are_reported_by_name()
    {
        using var image = new MadeUpAssembly().Build();

        var missing = SurfaceCheck.Missing(SurfaceCheck.Referenced(image.GetMetadataReader()), "MadeUp");

        Assert.That(missing, Is.EqualTo(new[]
        {
            "[Grpc.Core.Api] Grpc.Core.Metadata::Add(String, Int32) : Void",
            "[Grpc.Core.Api] Grpc.Core.Teleporter",
        }));
    }

    [Test]
    public void Internals_are_missing_to_assemblies_that_are_no_friends()
    {
        const string Internal = "[Grpc.Core.Api] Grpc.Core.ContextPropagationToken::.ctor() : Void";

        Assert.That(SurfaceCheck.Missing([Internal], "Grpc.Net.Client"), Is.EqualTo(new[] { Internal }));
    }

    [Test]
    public void Identities_are_those_that_official_assemblies_reference(
        [ValueSource(nameof(s_users))] string user,
        [ValueSource(typeof(SurfaceCheck), nameof(SurfaceCheck.Providers))] string provider)
    {
        var actual = AssemblyName.GetAssemblyName(SurfaceCheck.PathOf(provider));
        var expected = Reference(user, provider);

        Assert.That(actual.FullName, Is.EqualTo(expected.FullName));
        Assert.That(actual.Version, Is.EqualTo(new Version(2, 0, 0, 0)));
        Assert.That(Convert.ToHexStringLower(actual.GetPublicKeyToken()!), Is.EqualTo("d754f35622e28bad"));
    }

    [TestCaseSource(nameof(s_users))]
    public void Every_type_of_an_official_assembly_loads(string user) =>
        // A type that does not override an abstract member of ours fails here.
        Assert.That(Assembly.Load(user).GetTypes(), Is.Not.Empty);

    [TestCaseSource(nameof(s_users))]
    public void Every_override_of_an_official_assembly_overrides_something(string user)
    {
        var overrides = Assembly.Load(user).GetTypes().Where(DerivesFromAProvider).SelectMany(Overrides).ToList();

        // A method that was compiled as an override and finds nothing to override is a method of its own: nobody calls it.
        Assert.That(overrides, Has.Count.GreaterThan(5));
        Assert.That(overrides.Where(method => method.GetBaseDefinition() == method).Select(Describe), Is.Empty);
    }

    private static bool DerivesFromAProvider(Type type) =>
        type.BaseType is { } parent
        && (SurfaceCheck.Providers.Contains(parent.Assembly.GetName().Name, StringComparer.Ordinal) || DerivesFromAProvider(parent));

    private static IEnumerable<MethodInfo> Overrides(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot));

    private static string Describe(MethodInfo method) => $"{method.DeclaringType}: {method}";

    private static AssemblyName Reference(string user, string provider)
    {
        using var file = new PEReader(File.OpenRead(SurfaceCheck.PathOf(user)));
        var reader = file.GetMetadataReader();
        return reader.AssemblyReferences
            .Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())
            .Single(name => name.Name == provider);
    }

    /// <summary>References one member that exists, one with a wrong parameter, and a type that does not exist.</summary>
    private sealed class MadeUpAssembly
    {
        private readonly MetadataBuilder _metadata = new();

        public PEReader Build()
        {
            _metadata.AddModule(0, _metadata.GetOrAddString("MadeUp.dll"), _metadata.GetOrAddGuid(Guid.Empty), default, default);
            _metadata.AddTypeDefinition(
                default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
            var assembly = _metadata.AddAssemblyReference(
                _metadata.GetOrAddString("Grpc.Core.Api"), new Version(2, 0, 0, 0), default, default, default, default);
            var type = AddType(assembly, "Metadata");
            AddType(assembly, "Teleporter");
            AddMethod(type, second => second.String());
            AddMethod(type, second => second.Int32());
            return Image();
        }

        private TypeReferenceHandle AddType(AssemblyReferenceHandle assembly, string name) =>
            _metadata.AddTypeReference(assembly, _metadata.GetOrAddString("Grpc.Core"), _metadata.GetOrAddString(name));

        private void AddMethod(TypeReferenceHandle type, Action<SignatureTypeEncoder> second)
        {
            var signature = new BlobBuilder();
            new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(2, returns => returns.Void(), parameters =>
            {
                parameters.AddParameter().Type().String();
                second(parameters.AddParameter().Type());
            });
            _metadata.AddMemberReference(type, _metadata.GetOrAddString("Add"), _metadata.GetOrAddBlob(signature));
        }

        private PEReader Image()
        {
            var image = new BlobBuilder();
            new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), new BlobBuilder()).Serialize(image);
            return new PEReader(image.ToImmutableArray());
        }
    }
}
