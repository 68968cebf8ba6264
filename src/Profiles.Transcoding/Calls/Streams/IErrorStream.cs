namespace Profiles.Transcoding.Calls;

/// <summary>A response that has begun, as its errors see it.</summary>
internal interface IErrorStream
{
    /// <summary>Ends the stream with an error. Nothing is written after it.</summary>
    /// <returns>Whether the form of the stream can carry one.</returns>
    Task<bool> TryWriteErrorAsync(Google.Rpc.Status status);
}
