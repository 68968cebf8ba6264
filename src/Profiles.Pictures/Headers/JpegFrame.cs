using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Profiles.Pictures.Headers;

/// <summary>The frame of a JPEG (ITU-T T.81, B.2.2): its size, and the components that are coded.</summary>
/// <param name="IsSequential">Whether each component is coded at once, and not in several scans.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">The components.</param>
internal sealed record JpegFrame(bool IsSequential, int Width, int Height, IReadOnlyList<JpegComponent> Components)
{
    private const int BlockSide = 8;
    private const int FixedLength = 6;
    private const int ComponentLength = 3;

    private int Across => Components.Max(component => component.Across);

    private int Down => Components.Max(component => component.Down);

    /// <summary>Reads it; null for one that is none.</summary>
    /// <param name="isSequential">What its marker says.</param>
    /// <param name="segment">The segment.</param>
    public static JpegFrame? Read(bool isSequential, ReadOnlySpan<byte> segment)
    {
        if (segment.Length < FixedLength || segment.Length != FixedLength + (segment[5] * ComponentLength))
            return null;
        var components = new JpegComponent[segment[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var part = segment.Slice(FixedLength + (i * ComponentLength), ComponentLength);
            components[i] = new JpegComponent(part[0], part[1] >> 4, part[1] & 0xF);
        }

        var isValid = components.DistinctBy(component => component.Id).Count() == components.Length
            && components.All(component => component is { Across: >= 1 and <= 4, Down: >= 1 and <= 4 });
        return isValid
            ? new JpegFrame(isSequential, BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), components)
            : null;
    }

    /// <summary>How many units a scan of several components has: in each are all blocks of a part of the picture.</summary>
    public int Units => Divide(Width, BlockSide * Across) * Divide(Height, BlockSide * Down);

    /// <summary>How many blocks a scan of one component has.</summary>
    public int BlocksOf(JpegComponent component) =>
        Divide(Divide(Width * component.Across, Across), BlockSide) * Divide(Divide(Height * component.Down, Down), BlockSide);

    private static int Divide(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}

/// <summary>A component: brightness, or a colour.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Across">How many of its blocks stand side by side in a unit.</param>
/// <param name="Down">How many stand below each other.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JpegComponent(byte Id, int Across, int Down);
