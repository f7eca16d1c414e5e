using System.ComponentModel.DataAnnotations;

namespace Club.Azure;

/// <summary>The Communication Services resource that text messages leave from; the rest of section <c>Sms</c> is the club's.</summary>
public sealed class AcsSmsOptions : IValidatableObject
{
    public const string Section = "Sms";

    [Required(ErrorMessage = "Sms__Endpoint is missing: set the resource's address (https://….communication.azure.com).")]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>A leased number in E.164, a short code or an alphanumeric sender.</summary>
    [Required(ErrorMessage = "Sms__From is missing: set the number or name that messages are sent from.")]
    public string From { get; set; } = "";

    /// <summary>What they open is the club's own option; here they must be there.</summary>
    [MinLength(1, ErrorMessage = "Sms__WebhookKeys__0 is missing: set the key that stands in the address of the Event Grid subscription.")]
    public IList<string> WebhookKeys { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The identity's token travels with every request.
        if (Endpoint is not { IsAbsoluteUri: true, Scheme: "https" })
            yield return new("Sms__Endpoint must be an https address.", [nameof(Endpoint)]);
    }
}
