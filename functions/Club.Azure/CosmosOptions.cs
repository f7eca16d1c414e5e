using System.ComponentModel.DataAnnotations;

namespace Club.Azure;

/// <summary>Where the club's documents are.</summary>
public sealed class CosmosOptions : IValidatableObject
{
    public const string Section = "Cosmos";

    [Required(ErrorMessage = "Cosmos__Endpoint is missing: set the account's address (https://….documents.azure.com:443/).")]
    public Uri Endpoint { get; set; } = null!;

    [Required(ErrorMessage = "Cosmos__Database is empty.")]
    public string Database { get; set; } = "club";

    [Required(ErrorMessage = "Cosmos__Container is empty.")]
    public string Container { get; set; } = "documents";

    /// <summary>The account of the keys of what is personal, whose backups lapse within hours; null: that of the documents, whose backups
    /// then hold the keys of whoever was erased since.</summary>
    public Uri? KeyEndpoint { get; set; }

    /// <summary>Where the keys of what is personal are, apart from the documents.</summary>
    [Required(ErrorMessage = "Cosmos__KeyContainer is empty.")]
    public string KeyContainer { get; set; } = "keys";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The identity's token travels with every request.
        if (Endpoint is not { IsAbsoluteUri: true, Scheme: "https" })
            yield return new("Cosmos__Endpoint must be an https address.", [nameof(Endpoint)]);
        if (KeyEndpoint is not (null or { IsAbsoluteUri: true, Scheme: "https" }))
            yield return new("Cosmos__KeyEndpoint must be an https address.", [nameof(KeyEndpoint)]);
    }
}
