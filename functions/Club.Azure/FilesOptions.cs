using System.ComponentModel.DataAnnotations;

namespace Club.Azure;

/// <summary>Where the club's files are.</summary>
public sealed class FilesOptions : IValidatableObject
{
    public const string Section = "Files";

    [Required(ErrorMessage = "Files__Endpoint is missing: set the storage account's address for blobs (https://….blob.core.windows.net/).")]
    public Uri Endpoint { get; set; } = null!;

    [Required(ErrorMessage = "Files__Container is empty.")]
    public string Container { get; set; } = "files";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The identity's token travels with every request.
        if (Endpoint is not { IsAbsoluteUri: true } || Endpoint.Scheme != "https" && !Emulators.Has(Endpoint))
            yield return new("Files__Endpoint must be an https address.", [nameof(Endpoint)]);
    }
}
