using System.Runtime.InteropServices;

namespace Profiles.Pictures.Native;

/// <summary>
/// The functions of libvips, and of the GObject library in it, that are called. None takes a variable number of arguments, so that the
/// declarations hold on every processor. Objects are passed by safe handles; what is returned to be owned comes in one.
/// </summary>
internal static unsafe partial class Vips
{
    /// <summary>The name that <see cref="VipsLibrary"/> resolves.</summary>
    private const string Library = "vips";

    /// <summary>GObject's fundamental type of objects (<c>G_TYPE_OBJECT</c>).</summary>
    public const nint ObjectType = 20 << 2;

    // The library itself.
    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(string program);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    public static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheSize(int operations);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int state);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BlockOperations(string className, int state);

    [LibraryImport(Library, EntryPoint = "vips_thread_shutdown")]
    public static partial void EndThread();

    [LibraryImport(Library, EntryPoint = "vips_error_buffer")]
    public static partial nint ErrorBuffer();

    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    public static partial void ClearErrors();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem")]
    public static partial nuint TrackedMemory();

    [LibraryImport(Library, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(string domain, int levels, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);

    // Operations.
    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial OperationHandle NewOperation(string name);

    [LibraryImport(Library, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetArgument(OperationHandle operation, string name, string value);

    [LibraryImport(Library, EntryPoint = "vips_object_build")]
    public static partial int Build(OperationHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void ReleaseOutputs(OperationHandle operation);

    // Properties of objects.
    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial GValue* InitializeValue(GValue* value, nint type);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, GObjectHandle content);

    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    public static partial ImageHandle TakeImage(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    public static partial nint BoxedIn(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void ClearValue(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(OperationHandle operation, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(GObjectHandle instance, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Release(nint instance);

    [LibraryImport(Library, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint Connect(
        ImageHandle image, string signal, delegate* unmanaged[Cdecl]<nint, nint, nint, void> handler, nint data, nint destroyData, int flags);

    // Images, and where their bytes come from and go to.
    [LibraryImport(Library, EntryPoint = "vips_source_new_from_memory")]
    public static partial SourceHandle NewSource(void* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_target_new_to_memory")]
    public static partial TargetHandle NewTarget();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial void* BytesOf(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_copy_memory")]
    public static partial ImageHandle CopyToMemory(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int Width(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int Height(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int Format(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    public static partial int Orientation(ImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint TypeOfField(ImageHandle image, string name);

    [LibraryImport(Library, EntryPoint = "vips_image_set_progress")]
    public static partial void SetProgress(ImageHandle image, int progress);

    [LibraryImport(Library, EntryPoint = "vips_image_set_kill")]
    public static partial void Kill(nint image, int kill);
}

/// <summary>GObject's container of a value: its type, and two words.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    private readonly nint type;
    private readonly long first;
    private readonly long second;
}
