namespace Profiles.Transcoding.Tests.Support;

/// <summary>Lets a test and a service method wait for each other.</summary>
internal sealed class Gate
{
    private TaskCompletionSource _entered = Create();
    private TaskCompletionSource _left = Create();

    /// <summary>Ends when the method runs.</summary>
    public Task Entered => _entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Ends when the method is over.</summary>
    public Task Left => _left.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Reset() => (_entered, _left) = (Create(), Create());

    public void Enter() => _entered.TrySetResult();

    public void Leave() => _left.TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
