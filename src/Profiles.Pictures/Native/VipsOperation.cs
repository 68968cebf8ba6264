using System.Globalization;

namespace Profiles.Pictures.Native;

/// <summary>One operation of libvips: its arguments by name, then its result.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly OperationHandle handle;

    /// <summary>An operation that is set up by the calls that follow.</summary>
    /// <exception cref="VipsException">There is none of this name.</exception>
    public VipsOperation(string name)
    {
        handle = Vips.NewOperation(name);
        if (handle.IsInvalid)
            throw VipsException.Take();
    }

    /// <summary>Gives an argument in its text form: a number, true or false, or the name of a choice.</summary>
    public VipsOperation With(string name, string value)
    {
        if (Vips.SetArgument(handle, name, value) != 0)
            throw VipsException.Take();
        return this;
    }

    /// <summary>Gives a number.</summary>
    public VipsOperation With(string name, int value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Gives an image, a source or a target.</summary>
    public VipsOperation With(string name, GObjectHandle value)
    {
        var content = default(GValue);
        Vips.InitializeValue(&content, Vips.ObjectType);
        try
        {
            Vips.SetObject(&content, value);
            Vips.SetProperty(handle, name, &content);
        }
        finally
        {
            Vips.ClearValue(&content);
        }

        return this;
    }

    /// <summary>Carries it out.</summary>
    /// <exception cref="VipsException">It failed.</exception>
    public void Run()
    {
        try
        {
            if (Vips.Build(handle) != 0)
                throw VipsException.Take();
        }
        finally
        {
            Vips.ReleaseOutputs(handle);
        }
    }

    /// <summary>Carries it out and takes the image that comes of it.</summary>
    /// <exception cref="VipsException">It failed.</exception>
    public ImageHandle RunToImage()
    {
        try
        {
            return Vips.Build(handle) == 0 ? TakeOutput() : throw VipsException.Take();
        }
        finally
        {
            Vips.ReleaseOutputs(handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private ImageHandle TakeOutput()
    {
        var content = default(GValue);
        Vips.InitializeValue(&content, Vips.ObjectType);
        try
        {
            Vips.GetProperty(handle, "out", &content);
            var image = Vips.TakeImage(&content);
            return image.IsInvalid ? throw VipsException.Take() : image;
        }
        finally
        {
            Vips.ClearValue(&content);
        }
    }
}
