using System.Globalization;

namespace Club.Benchmarks;

/// <summary>Options as <c>--name value</c>; every one has a default.</summary>
internal sealed class Arguments(string[] args)
{
    public int Number(string name, int otherwise)
    {
        var at = Array.IndexOf(args, $"--{name}");
        return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    }
}
