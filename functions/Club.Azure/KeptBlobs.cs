using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Club.Kernel;

namespace Club.Azure;

/// <summary>Kept files as blobs of a container whose policy lets nobody change or delete them (infra/modules/files.bicep).</summary>
public sealed class KeptBlobs(BlobContainerClient container) : IKeptFiles
{
    public const string Container = "proof";

    private const int ReadAtOnce = 64 * 1024;

    public async Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default)
    {
        try
        {
            await container.GetBlobClient(name.Value).UploadAsync(content, new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = name.ContentType },
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            }, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.ErrorCode == BlobErrorCode.BlobAlreadyExists
            || taken.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy || taken.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    }

    public async Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default)
    {
        try
        {
            // What is read is fetched as it is wanted: a proof takes a few parts of a large file.
            var content = await container.GetBlobClient(name.Value)
                .OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadAtOnce }, cancellation);
            return new OpenFile(content, name.ContentType, content.Length);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<ListedFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
            if (FileName.Parse(blob.Name) is { Succeeded: true } name)
                yield return new ListedFile(name.Value, blob.Properties.ContentLength ?? 0);
    }
}
