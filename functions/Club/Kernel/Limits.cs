namespace Club.Kernel;

/// <summary>What is taken from outside at most, wherever it comes in.</summary>
public static class Limits
{
    /// <summary>Bytes of a body or message.</summary>
    public const int Body = 64 * 1024;

    /// <summary>Characters of the name of whoever does something.</summary>
    public const int Author = 128;

    /// <summary>Characters of the reason why it is done.</summary>
    public const int Reason = 512;
}
