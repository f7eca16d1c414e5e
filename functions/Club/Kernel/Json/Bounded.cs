namespace Club.Kernel;

/// <summary>Texts of strangers in the places where they are kept and shown.</summary>
public static class Bounded
{
    /// <summary>At most <paramref name="most"/> characters and an ellipsis; never half a character, for what is kept must be whole
    /// Unicode.</summary>
    public static string Text(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
}
