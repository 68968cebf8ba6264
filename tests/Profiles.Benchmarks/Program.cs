using System.Globalization;
using Profiles.Benchmarks;
using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Json;
using Profiles.Benchmarks.Reports;
using Profiles.Benchmarks.Suites;

// server: the whole server. growth: while the database grows. json: reading and writing JSON alone. floor: serves, for the others.
switch (args)
{
    case ["json"]:
        JsonMeasurement.Run();
        break;
    case ["floor"]:
        await FloorServer.RunAsync();
        break;
    case ["growth"]:
        await MeasureGrowthAsync(new Options());
        break;
    case [] or ["server"]:
        await MeasureServerAsync(new Options());
        break;
    default:
        await Console.Error.WriteLineAsync("Usage: Profiles.Benchmarks [server | growth | json]");
        return 1;
}

return 0;

static async Task MeasureServerAsync(Options options)
{
    await using var bed = await TestBed.StartAsync();
    Progress.Say(string.Create(CultureInfo.InvariantCulture, $"Making {options.Users:N0} users ..."));
    await bed.GrowAsync(options.Users);
    if (options.Profile is not null)
    {
        await WarmUp.RunAsync(bed);
        await new ProfileSuite(bed, options).RunAsync(ReportFiles.Folder);
        return;
    }

    var figures = await new ServerSuite(bed, options).RunAsync();
    var denylist = await new DenylistSuite(bed, options).RunAsync();
    var users = string.Create(CultureInfo.InvariantCulture, $"{options.Users:N0} users");
    var report = new ServerReport(ReportFiles.Setting(bed, options, users), figures, denylist);
    await ReportFiles.WriteAsync("performance", report.Format(), report.Chart());
}

static async Task MeasureGrowthAsync(Options options)
{
    await using var bed = await TestBed.StartAsync();
    var steps = await new GrowthSuite(bed, options).RunAsync();
    var report = new GrowthReport(ReportFiles.Setting(bed, options, "64 callers over gRPC"), steps);
    await ReportFiles.WriteAsync("growth", report.Format(), report.Chart());
}
