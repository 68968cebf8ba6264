using System.Diagnostics;
using System.Reflection;
using Grpc.Core.Utils;
using Grpc.Net.Client;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class PreconditionTests
{
    [Test]
    public void What_holds_passes()
    {
        Assert.That(() => GrpcPreconditions.CheckArgument(true), Throws.Nothing);
        Assert.That(() => GrpcPreconditions.CheckArgument(true, "message"), Throws.Nothing);
        Assert.That(() => GrpcPreconditions.CheckState(true), Throws.Nothing);
        Assert.That(() => GrpcPreconditions.CheckState(true, "message"), Throws.Nothing);
        Assert.That(GrpcPreconditions.CheckNotNull("value"), Is.EqualTo("value"));
        Assert.That(GrpcPreconditions.CheckNotNull("value", "name"), Is.EqualTo("value"));
    }

    [Test]
    public void What_does_not_hold_throws()
    {
        Assert.That(() => GrpcPreconditions.CheckArgument(false), Throws.ArgumentException);
        Assert.That(() => GrpcPreconditions.CheckArgument(false, "message"), Throws.ArgumentException.With.Message.EqualTo("message"));
        Assert.That(() => GrpcPreconditions.CheckState(false), Throws.InvalidOperationException);
        Assert.That(() => GrpcPreconditions.CheckState(false, "message"), Throws.InvalidOperationException.With.Message.EqualTo("message"));
        Assert.That(() => GrpcPreconditions.CheckNotNull<string?>(null), Throws.ArgumentNullException);
        Assert.That(
            () => GrpcPreconditions.CheckNotNull<string?>(null, "name"),
            Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("name"));
    }

    [Test]
    public void Version_info_is_that_of_the_official_assemblies()
    {
        var client = typeof(GrpcChannel).Assembly;

        Assert.That($"{client.GetName().Version}", Is.EqualTo(VersionInfo.CurrentAssemblyVersion));
        Assert.That(FileVersionInfo.GetVersionInfo(client.Location).FileVersion, Is.EqualTo(VersionInfo.CurrentAssemblyFileVersion));
        Assert.That(
            client.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            Is.EqualTo(VersionInfo.CurrentVersion));
    }
}
