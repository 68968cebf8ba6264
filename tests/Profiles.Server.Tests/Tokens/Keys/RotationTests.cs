using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>Keys change while many requests are checked.</summary>
public class RotationTests : RefreshedKeysFixture
{
    private const int Threads = 8;
    private const int Rotations = 200;

    [Test]
    public async Task Token_of_a_key_that_stays_is_good_throughout_and_one_of_a_removed_key_never_again()
    {
        var rotated = Enumerable.Range(0, Rotations).Select(number => new IssuerKey($"k{number}")).ToArray();
        var (stays, tokens) = (First.Token(), rotated.Select(key => key.Token()).ToArray());
        var (removed, wrong) = (0, 0);
        Source.Schedule = KeySchedule.Remote with { Least = TimeSpan.FromMilliseconds(1) };
        await Keys.RefreshAsync();

        void Check()
        {
            while (Volatile.Read(ref removed) < Rotations - 1)
            {
                // What was removed before the check began is refused by it.
                var gone = Volatile.Read(ref removed);
                if (Validator.Check(stays).Fault != TokenFault.None)
                    Interlocked.Increment(ref wrong);
                if (gone > 0 && Validator.Check(tokens[gone - 1]).Fault != TokenFault.KeyUnknown)
                    Interlocked.Increment(ref wrong);
            }
        }

        var checkers = Enumerable.Range(0, Threads).Select(_ =>
            Task.Factory.StartNew(Check, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        for (var number = 0; number < Rotations; number++)
        {
            Source.Document = IssuerKey.Set(First, rotated[number]);
            Clock.Advance(Source.Schedule.Least);
            Assert.That(await Keys.RefreshAsync());
            Volatile.Write(ref removed, number);
            Assert.That(await Validator.FaultOfAsync(tokens[number]), Is.EqualTo(TokenFault.None));
        }
        await Task.WhenAll(checkers).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(wrong, Is.Zero);
    }
}
