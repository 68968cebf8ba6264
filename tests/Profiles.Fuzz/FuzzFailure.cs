using System.Globalization;
using System.Text;

namespace Profiles.Fuzz;

/// <summary>An input that did harm, and which.</summary>
public sealed record FuzzFailure(string Target, byte[] Input, Exception Harm)
{
    /// <summary>The input in base64 and as readable text, with what happened.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"FAILED: {Target}");
        text.AppendLine(CultureInfo.InvariantCulture, $"input (base64): {Convert.ToBase64String(Input)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"input (text): {Encoding.UTF8.GetString(Input)}");
        return text.Append(Harm).ToString();
    }
}
