using Profiles.Benchmarks;
using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Json;
using Profiles.Benchmarks.Suites;

switch (args)
{
    case ["json"]:
        JsonMeasurement.Run();
        break;
    case ["floor"]:
        await FloorServer.RunAsync();
        break;
    default:
        await using (var bed = await TestBed.StartAsync())
        {
            var options = new Options();
            await bed.GrowAsync(options.Users);
            if (options.Profile is null)
                await new ServerSuite(bed, options).RunAsync();
            else
                await new ProfileSuite(bed, options).RunAsync(Directory.CreateDirectory("artifacts/benchmarks").FullName);
        }

        break;
}
