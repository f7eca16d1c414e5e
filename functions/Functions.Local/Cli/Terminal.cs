namespace Functions.Local.Cli;

/// <summary>Where a command writes. Progress bars are for people, not for files and pipes.</summary>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    public static Terminal Console { get; } = new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);
}
