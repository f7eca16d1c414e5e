using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Club.Edges.Site;

/// <summary>The secrets that the website signs registrations with. Several while one is being changed.</summary>
public sealed class SiteWebhookOptions : IValidatableObject
{
    public const string Section = "SiteWebhook";

    public IList<string> Secrets { get; init; } = [];

    /// <exception cref="FormatException">The options were not validated.</exception>
    public IReadOnlyList<WebhookSecret> Keys() =>
        [.. Secrets.Select(s => WebhookSecret.Parse(s) is { Succeeded: true, Value: var secret } ? secret
            : throw new FormatException("A webhook secret is not valid."))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Count == 0)
            yield return new($"{Setting(0)} is missing: set the secret (whsec_…) that the website signs with.", [nameof(Secrets)]);
        for (var i = 0; i < Secrets.Count; i++)
            if (WebhookSecret.Parse(Secrets[i]).Problem is { } problem)
                yield return new($"{Setting(i)}: {problem.Message}", [nameof(Secrets)]);
    }

    private static string Setting(int index) => string.Create(CultureInfo.InvariantCulture, $"{Section}__{nameof(Secrets)}__{index}");
}
