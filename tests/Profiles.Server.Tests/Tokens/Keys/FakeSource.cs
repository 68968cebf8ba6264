using System.Text;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>A source of keys that answers as a test wants.</summary>
internal sealed class FakeSource : IKeySource
{
    private int reads;

    /// <summary>What it answers.</summary>
    public string Document { get; set; } = IssuerKey.Set();

    /// <summary>What it throws instead.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What it waits for before it does.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How often it was asked.</summary>
    public int Reads => Volatile.Read(ref reads);

    public KeySchedule Schedule { get; set; } = KeySchedule.Remote;

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        await Gate.WaitAsync(cancellationToken);
        return Failure is { } failure ? throw failure : Encoding.UTF8.GetBytes(Document);
    }
}
