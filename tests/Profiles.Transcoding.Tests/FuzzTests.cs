using Profiles.Fuzz;

namespace Profiles.Transcoding.Tests;

/// <summary>A short run of the fuzz program, the same one every time; `make fuzz` makes long ones.</summary>
public class FuzzTests
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task No_input_does_harm(int seed)
    {
        var failure = await ShortRun.RunAsync(seed, inputs: 6_000, TimeProvider.System);
        Assert.That(failure, Is.Null, () => failure!.Describe());
    }

    [Test]
    public async Task What_does_harm_is_found_again_with_the_same_seed()
    {
        var first = await new Fuzzer([new Fragile()], seed: 7, TimeProvider.System).RunAsync(done => done < 10_000);
        var again = await new Fuzzer([new Fragile()], seed: 7, TimeProvider.System).RunAsync(done => done < 10_000);

        Assert.That(first, Is.Not.Null);
        Assert.That(first!.Input, Is.EqualTo(again!.Input));
        Assert.That(first.Describe(), Does.Contain(Convert.ToBase64String(first.Input)).And.Contain("zero byte"));
    }

    private sealed class Fragile : IFuzzTarget
    {
        public string Name => "json";

        public Task<string> RunAsync(byte[] input) =>
            input.Contains((byte)0) ? throw new InvalidOperationException("zero byte") : Task.FromResult("fine");
    }
}
