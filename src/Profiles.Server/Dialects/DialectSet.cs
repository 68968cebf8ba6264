using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Profiles.Server.Dialects.Epixel;
using Profiles.Server.Dialects.HiveMp;
using Profiles.Server.Dialects.M2;
using Profiles.Server.Dialects.Nexconn;
using Profiles.Server.Dialects.Zitadel;
using Profiles.Server.Hosting;

namespace Profiles.Server.Dialects;

/// <summary>The dialects that are switched on.</summary>
internal sealed class DialectSet
{
    private const string Section = "Dialects";
    private const string Enabled = "Enabled";

    // One line a dialect.
    private static readonly Dialect[] Known =
    [
        new EpixelDialect(),
        new HiveMpDialect(),
        new M2Dialect(),
        new NexconnDialect(),
        new ZitadelDialect(),
    ];

    private readonly IConfiguration configuration;
    private readonly List<Dialect> enabled;
    private readonly List<DialectBuilder> builders = [];

    private DialectSet(IConfiguration configuration, List<Dialect> enabled)
    {
        this.configuration = configuration;
        this.enabled = enabled;
    }

    /// <summary>The dialects that are served.</summary>
    public IEnumerable<DialectBuilder> Served => builders;

    /// <summary>The files that declare their services.</summary>
    public IEnumerable<FileDescriptor> Contracts => builders.SelectMany(builder => builder.Contracts);

    /// <summary>Reads which dialects are on: all of them unless <c>Dialects__Zitadel__Enabled</c> is <c>off</c>.</summary>
    /// <exception cref="SettingException">A setting is wrong, or of no dialect.</exception>
    public static DialectSet Read(IConfiguration configuration)
    {
        configuration.DemandKnown(Section, [.. Known.Select(dialect => dialect.Name)]);
        foreach (var dialect in Known)
            configuration.DemandKnown(PathOf(dialect), [Enabled, .. dialect.Settings]);
        return new DialectSet(configuration, [.. Known.Where(dialect => configuration.ReadSwitch($"{PathOf(dialect)}:{Enabled}", unlessSet: true))]);
    }

    /// <summary>Adds what they consist of.</summary>
    public void AddTo(IServiceCollection services, IGrpcServerBuilder grpc)
    {
        services.AddSingleton<DialectWriter>();
        foreach (var dialect in enabled)
        {
            var builder = new DialectBuilder(dialect, services, grpc, configuration.GetSection(PathOf(dialect)));
            dialect.AddTo(builder);
            builders.Add(builder);
        }
    }

    /// <summary>Maps them.</summary>
    public void Map(WebApplication app) => builders.ForEach(builder => builder.Map(app));

    private static string PathOf(Dialect dialect) => $"{Section}:{dialect.Name}";
}
