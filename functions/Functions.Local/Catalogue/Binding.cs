using System.Reflection;
using Functions.Local.Hosting;

namespace Functions.Local.Catalogue;

/// <summary>What the three kinds of triggers have in common when they read a function's declaration.</summary>
internal static class Binding
{
    public static StartException Unsupported(FunctionMethod function, ParameterInfo parameter, string supported) =>
        new($"{function}: the parameter '{parameter.ParameterType.Name} {parameter.Name}' is not supported; {supported}.");

    public static void RequireNoResult(FunctionMethod function)
    {
        if (function.ResultType is { } type)
            throw new StartException($"{function} returns {type.Name}; only an HTTP function returns anything but void or Task.");
    }

    /// <summary>Replaces <c>%name%</c> by the setting of that name, as the Functions host does.</summary>
    public static string Resolve(FunctionMethod function, string text, IConfiguration settings)
    {
        if (text.Length < 3 || text[0] != '%' || text[^1] != '%') return text;
        var name = text[1..^1];
        return settings[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new StartException($"{function} needs the setting {name}, which is missing.");
    }
}
