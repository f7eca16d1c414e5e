using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Club.Kernel;

/// <summary>Turns what the configuration and options libraries throw into a sentence that names the setting as users write it.</summary>
public static partial class WrongSetting
{
    /// <summary>Null when the exception is about something else.</summary>
    public static string? Sentence(Exception fault) => fault switch
    {
        OptionsValidationException options =>
            string.Join(Environment.NewLine, options.Failures.Select(failure => Ceremony().Replace(failure, ""))),
        InvalidOperationException when Conversion().Match(fault.Message) is { Success: true } match =>
            $"The setting {match.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal)} is wrong: its value is no {(match.Groups["type"].Value is "Int32" or "Int64" ? "whole number" : match.Groups["type"].Value)}.",
        _ => null,
    };

    /// <summary>What the library writes before the sentence of the annotation.</summary>
    [GeneratedRegex(@"^DataAnnotation validation failed for '[^']*' members: '[^']*' with the error: '|'\.$")]
    private static partial Regex Ceremony();

    [GeneratedRegex(@"^Failed to convert configuration value .*at '(?<path>[^']+)' to type '(System\.)?(?<type>[^']+)'")]
    private static partial Regex Conversion();
}
