namespace Club.Kernel;

/// <summary>The languages in which the club explains itself to staff and members.</summary>
public enum Language { English, Chinese }

public static class Languages
{
    public static string Say(this Language language, string english, string chinese) => language == Language.Chinese ? chinese : english;
}
