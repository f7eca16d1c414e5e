namespace Club.Identity;

/// <summary>A number plate (GA 36) in the one form in which it is kept and looked for: 京A·12345, 京a 12345 and 京Ａ-12345 are
/// 京A12345.</summary>
public static class Plate
{
    /// <summary>Without spaces, dots and dashes, in upper case and half width; null when nothing is left.</summary>
    public static string? Normalise(string? input)
    {
        if (input is null) return null;
        var text = string.Concat(FullWidth.Fold(input).Where(c => !char.IsWhiteSpace(c) && c
            is not ('·' or '•' or '・' or '･' or '.' or '-')));
        return text.Length == 0 ? null : text.ToUpperInvariant();
    }
}
