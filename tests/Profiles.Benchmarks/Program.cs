using System.Globalization;
using Profiles.Benchmarks;
using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Json;
using Profiles.Benchmarks.Reports;
using Profiles.Benchmarks.Suites;

// server: the whole server. growth: while the database grows. json: reading and writing JSON alone. floor: serves, for the others.
try
{
    switch (args)
    {
        case [] or ["server"]:
            await MeasureServerAsync(new Options());
            return 0;
        case ["growth"]:
            await MeasureGrowthAsync(new Options());
            return 0;
        case ["json"]:
            JsonMeasurement.Run();
            return 0;
        case ["floor"]:
            await FloorServer.RunAsync();
            return 0;
        default:
            throw new OptionException("Usage: Profiles.Benchmarks [server | growth | json]");
    }
}
catch (OptionException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

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
    var denylist = options.Includes("denylist") ? await new DenylistSuite(bed, options).RunAsync() : null;
    if (options.Only.Length > 0 || denylist is null)
        return;
    var users = string.Create(CultureInfo.InvariantCulture, $"{options.Users:N0} users");
    var report = new ServerReport(ReportFiles.Setting(bed, options, users), figures, denylist);
    await ReportFiles.WriteAsync("performance", report.Format(), report.Chart());
}

static async Task MeasureGrowthAsync(Options options)
{
    await using var bed = await TestBed.StartAsync();
    var steps = await new GrowthSuite(bed, options).RunAsync();
    var report = new GrowthReport(ReportFiles.Setting(bed, options, "64 callers"), steps);
    await ReportFiles.WriteAsync("growth", report.Format(), report.Chart());
}
