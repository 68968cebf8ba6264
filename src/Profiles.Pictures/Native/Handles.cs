using System.Runtime.InteropServices;

namespace Profiles.Pictures.Native;

/// <summary>One reference to an object of the library, given back in the end whatever happens.</summary>
internal abstract class GObjectHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Vips.Release(handle);
        return true;
    }
}

/// <summary>An image: mostly a plan of how to compute it.</summary>
internal sealed class ImageHandle : GObjectHandle;

/// <summary>An operation that is being set up.</summary>
internal sealed class OperationHandle : GObjectHandle;

/// <summary>Bytes that an image is read from. They must stay where they are.</summary>
internal sealed class SourceHandle : GObjectHandle;

/// <summary>Where the bytes of an image go to.</summary>
internal sealed unsafe class TargetHandle : GObjectHandle
{
    /// <summary>A copy of what was written, once it is complete.</summary>
    public byte[] ToArray()
    {
        var content = default(GValue);
        Vips.InitializeValue(&content, Vips.BlobType());
        try
        {
            Vips.GetProperty(this, "blob", &content);
            var bytes = Vips.BytesOf(Vips.BoxedIn(&content), out var length);
            return new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
        }
        finally
        {
            Vips.ClearValue(&content);
        }
    }
}
